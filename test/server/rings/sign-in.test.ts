import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AppSettingsBuilder } from '../../../src/facade/chat/app-settings.js';
import { Call } from '../../../src/facade/chat/call.js';
import { memoryStorage } from '../../../src/session/ring/page-environment.js';
import { apiKey, url, Page, open, reload, toBob, failure } from './ring-pages.js';

describe('signing in', () => {
  it('with an auth token: the user is who the token says', async () => {
    const { client } = await open('ada');
    const user = await client.getLoggedinUser();
    assert.equal(user?.getUid(), 'ada');
    assert.equal(user.getName(), 'ADA');
    assert.equal(user.getAuthToken(), client.getUserAuthToken());
  });

  it('with uid and API key, and out again', async () => {
    const { client } = new Page({ local: memoryStorage(), tab: memoryStorage() });
    await client.init('app', new AppSettingsBuilder().overrideClientHost(`${url}/v3.0/`).build());
    const user = await client.login('eve', apiKey);
    assert.equal(user.getUid(), 'eve');
    await client.logout();
    assert.equal(await client.getLoggedinUser(), null);
    assert.equal(await failure(client.initiateCall(toBob())), 'NOT_LOGGED_IN');
    assert.equal(await failure(client.login('eve', 'not the key')), 'AUTH_ERR_APIKEY_NOT_FOUND');
  });

  it('survives a reload, and ends with the token', async () => {
    const page = await open('ada');
    const { client } = await reload(page);
    assert.equal((await client.getLoggedinUser())?.getUid(), 'ada');
    const stale = { local: memoryStorage(), tab: memoryStorage() };
    const login = { uid: 'ada', authToken: 'not.a.token' };
    stale.local.setItem('cometchat-call:user:app', JSON.stringify(login));
    const refused = new Page(stale);
    await refused.client.init('app', new AppSettingsBuilder().setHost(url).build());
    assert.equal(await refused.client.getLoggedinUser(), null);
    assert.equal(stale.local.getItem('cometchat-call:user:app'), null);
  });

  it('says what is missing, where CometChat’s own SDK never answers', async () => {
    const { client } = new Page({ local: memoryStorage(), tab: memoryStorage() });
    assert.equal(await failure(client.initiateCall(toBob())), 'NOT_INITIALIZED');
    assert.equal(await failure(client.acceptCall('s')), 'NOT_INITIALIZED');
    assert.equal(await failure(client.login('token')), 'NOT_INITIALIZED');
    assert.equal(client.getActiveCall(), null);
    assert.equal(await client.getLoggedinUser(), null);
    await client.init('app', new AppSettingsBuilder().setHost(url).build());
    assert.equal(await failure(client.endCall('s')), 'NOT_LOGGED_IN');
    assert.equal(await failure(client.login('nonsense')), 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND');
    const ada = await open('ada');
    assert.equal(await failure(ada.client.acceptCall('')), 'SESSION_ID_REQUIRED');
    assert.equal(await failure(ada.client.acceptCall('unknown')), 'CALL_NOT_FOUND');
    assert.equal(await failure(ada.client.rejectCall('s', 'nonsense')), 'INVALID_ARGUMENT_EXCEPTION');
    assert.equal(
      await failure(ada.client.initiateCall(new Call('ada', 'audio', 'user'))),
      'INVALID_ARGUMENT_EXCEPTION',
    );
    assert.equal(
      await failure(ada.client.initiateCall(new Call('g', 'audio', 'group'))),
      'INVALID_ARGUMENT_EXCEPTION',
    );
    assert.equal(await failure(ada.client.initiateCall(toBob(), 0)), 'INVALID_ARGUMENT_EXCEPTION');
  });
});
