import { Component, CUSTOM_ELEMENTS_SCHEMA } from '@angular/core';

/** The spellings of `truth`, and of a binding to the attribute's name. */
@Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <cometchat-call id="attributeText" show-end-call-button="false" />
    <cometchat-call id="attributeFalse" [show-end-call-button]="false" />
    <cometchat-call id="propertyFalse" [showEndCallButton]="false" />
    <cometchat-call id="lowerCaseText" showendcallbutton="false" />
  `,
})
export class Spellings {}
