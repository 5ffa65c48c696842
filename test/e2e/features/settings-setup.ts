import { before } from 'node:test';
import { CallWorld } from '../world/call-world.js';

export const world = new CallWorld();

before(() => world.start());
