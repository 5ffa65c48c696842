import { expect } from '@open-wc/testing';
import { language } from '../../../src/ui/i18n/language.js';
import { participantWords } from '../../../src/ui/participants/participant-words.js';
import { words, wordsWith } from '../../../src/ui/words/words.js';

describe('words', () => {
  it('count in plural forms', () => {
    expect(participantWords(words).inTheCall(1)).to.equal('1 person in the call');
    expect(participantWords(words).inTheCall(3)).to.equal('3 people in the call');
  });

  it('list names', () => {
    expect(words.announceJoined(['Ada'])).to.equal('Ada joined');
    expect(words.announceJoined(['Ada', 'Bo', 'Cy'])).to.equal('Ada, Bo, and Cy joined');
  });

  it('are replaced by those of the page, with what they are about in its place', () => {
    const own = wordsWith(
      { announceLeft: '{0} ist gegangen', page: '{1} Seiten, dies ist {0}', mute: 'x' } as never,
      'de',
    );
    expect(own.announceLeft(['Ada', 'Bo'])).to.equal('Ada und Bo ist gegangen');
    expect(own.page(2, 5)).to.equal('5 Seiten, dies ist 2');
    expect(own.rejoin()).to.equal(words.rejoin());
  });

  it('write numbers and clocks as the language does', () => {
    expect(words.clock(247)).to.equal('4:07');
    expect(words.clock(3729)).to.equal('1:02:09');
    expect(language('ar-EG').clocked(247)).to.equal('٤:٠٧');
    expect(language('ar').counted(2, { two: () => 'dual', other: () => 'other' })).to.equal('dual');
  });
});
