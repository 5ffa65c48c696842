// trystero with its default strategy (Nostr) over a relay on this machine.
import { joinRoom } from 'trystero';

window.join = async ({ nostr, room }) => {
  const { bench } = window;
  const stream = await bench.camera();
  const joined = joinRoom(
    { appId: 'bench', relayConfig: { urls: [nostr] }, rtcConfig: { iceServers: [] } },
    room,
  );
  joined.onPeerJoin = (peer) => joined.addStream(stream, { target: peer });
  joined.onPeerStream = (remote) => bench.show(remote);
};
