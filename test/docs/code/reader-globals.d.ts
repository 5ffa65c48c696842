// What the code blocks of the documents take for granted: names of the reader's own application.
import type { RequestListener } from 'node:http';
import type { CometChatCall, CometChatCalls as Calls } from '../../../src/index.js';
import type { CometChat as Chat } from '../../../src/chat.js';

declare global {
  const call: CometChatCall;
  const joinButton: HTMLButtonElement;
  const token: string;
  const authToken: string;
  const tokenFromYourBackend: string;
  const app: RequestListener;
  function beautify(track: MediaStreamTrack): Promise<MediaStreamTrack>;
  function isInvited(uid: string, sessionId: string | null): boolean;
  function showIncoming(sessionId: string, name: string): void;
  function say(text: string): void;
  function enter(sessionId: string): unknown;
  function hideIncoming(): void;
  function hideCall(): void;
  const CometChat: typeof Chat;
  const CometChatCalls: typeof Calls;
  // What other products define.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const JitsiMeetExternalAPI: any;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const Daily: any;
}
