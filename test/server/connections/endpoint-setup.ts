import { after } from 'node:test';

export const stops: (() => unknown)[] = [];

after(async () => {
  for (const stop of stops) await stop();
});
