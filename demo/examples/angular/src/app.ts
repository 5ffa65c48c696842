import { Component, CUSTOM_ELEMENTS_SCHEMA, signal } from '@angular/core';
import { callToken } from '../../shared/call-token.js';

@Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    @if (shown() && token()) {
      <cometchat-call
        #call
        [token]="token()"
        [attr.theme]="theme()"
        show-recording-button
        processor-assets-url="processors/"
        [showScreenShareButton]="false"
        (cometchat-user-joined)="joined.set([...joined(), $event.detail.name])"
      >
        <span slot="toolbar-end">{{ joined().length }} joined</span>
      </cometchat-call>
      <button id="mute" (click)="call.muteAudio(true)">Mute</button>
    }
    <button id="theme" (click)="theme.set('dark')">Dark</button>
    <button id="toggle" (click)="shown.set(!shown())">{{ shown() ? 'Remove' : 'Show' }}</button>
    <output id="joined">{{ joined().join(', ') }}</output>
  `,
})
export class App {
  readonly token = signal('');
  readonly shown = signal(true);
  readonly theme = signal<'light' | 'dark'>('light');
  readonly joined = signal<readonly string[]>([]);

  constructor() {
    void callToken().then((token: string) => this.token.set(token));
  }
}
