/** @jsxImportSource solid-js */
import type {} from 'cometchat-call/solid';
import { render } from 'solid-js/web';

/** The spellings of `truth`, compiled by Solid. */
export const renderSolid = (place: HTMLElement): void =>
  void render(
    () => (
      <>
        <cometchat-call id="attributeText" show-end-call-button="false" />
        <cometchat-call id="attributeFalse" show-end-call-button={false} />
        {/* @ts-expect-error Refused: write `prop:showEndCallButton`. */}
        <cometchat-call id="propertyFalse" showEndCallButton={false} />
        {/* @ts-expect-error Refused: an old spelling. */}
        <cometchat-call id="lowerCaseText" showendcallbutton="false" />
      </>
    ),
    place,
  );
