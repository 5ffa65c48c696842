import 'cometchat-call';
import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app';
import { Spellings } from './spellings';

void bootstrapApplication(location.search === '?truth' ? Spellings : App);
