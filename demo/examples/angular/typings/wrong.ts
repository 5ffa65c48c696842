import { Component, CUSTOM_ELEMENTS_SCHEMA } from '@angular/core';
import type {} from 'cometchat-call';

// Each line with a tag has one error, except the last: Angular checks no attribute and no property of a custom element.
@Component({
  selector: 'app-wrong',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <cometchat-call (cometchat-user-joined)="say($event.detail.nickname)" />
    <cometchat-call (cometchat-user-joined)="say($event.detail)" />
    <cometchat-call #call (click)="call.muteAudi(true)" />
    <cometchat-call [showEndCalButton]="false" mode="SIDEWAYS" />
  `,
})
export class Wrong {
  say(words: string) {
    console.log(words);
  }
}
