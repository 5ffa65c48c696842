import { Component, CUSTOM_ELEMENTS_SCHEMA, ElementRef, viewChild } from '@angular/core';
import type { CometChatCall } from 'cometchat-call';

@Component({
  selector: 'app-right',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <cometchat-call
      #call
      id="call"
      class="call"
      lang="de"
      token="…"
      mode="SPOTLIGHT"
      show-recording-button
      show-mute-audio-button="false"
      [showEndCallButton]="false"
      [localizedStrings]="{ END_CALL_TEXT: 'Bye' }"
      (click)="call.endSession()"
      (cometchat-user-joined)="greet($event.detail.name)"
      (cometchat-error)="report($event)"
    />
  `,
})
export class Right {
  readonly call = viewChild.required<ElementRef<CometChatCall>>('call');
  greet(name: string) {
    console.log(`${name} joined`, this.call().nativeElement.participants.length);
  }
  report({ detail }: HTMLElementEventMap['cometchat-error']) {
    console.error(detail.code);
  }
}
