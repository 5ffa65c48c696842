import { transportRows } from '../../src/transports/transport-rows.js';
import { transportContract } from '../contracts/transport.contract.js';
import { FakeNetwork } from '../fakes/session/fake-transport.js';

for (const [name, { load }] of Object.entries(transportRows)) transportContract(name, load);
transportContract('fake', async () => new FakeNetwork().create);
