import { hasRoomForEveryLanguage } from '../../harness/language-room.js';

hasRoomForEveryLanguage(1440);
