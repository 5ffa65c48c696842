import 'cometchat-call';
import { CometChat } from 'cometchat-call/chat';

document.title = typeof CometChat.login;
