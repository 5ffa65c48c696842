/** Four ways to switch a button off that is on by default. */
export const spellings = {
  attributeText: { 'show-end-call-button': 'false' },
  attributeFalse: { 'show-end-call-button': false },
  propertyFalse: { showEndCallButton: false },
  lowerCaseText: { showendcallbutton: 'false' },
};

export type Spelling = keyof typeof spellings;
