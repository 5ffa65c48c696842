// As fast as it can be done by hand, for a call of two: the offer travels inside the join message, the camera follows by
// replaceTrack, and the one who waits has its connection made before it is needed.
window.join = async ({ relay, room }) => {
  const { bench } = window;
  const camera = bench.camera();
  const socket = new WebSocket(`${relay}/?room=${room}`);
  const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  const early = [];
  const queue = [];
  const send = (message) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    else queue.push(message);
  };
  connection.addEventListener('icecandidate', ({ candidate }) => candidate && send({ candidate }));
  connection.addEventListener(
    'track',
    ({ track }) => track.kind === 'video' && bench.show(new MediaStream([track])),
  );
  const publish = async () => {
    const tracks = (await camera).getTracks();
    for (const { sender, receiver } of connection.getTransceivers())
      void sender.replaceTrack(tracks.find(({ kind }) => kind === receiver.track.kind) ?? null);
  };
  socket.addEventListener('open', () => queue.forEach((message) => socket.send(JSON.stringify(message))));
  socket.addEventListener('message', async ({ data }) => {
    const { description, candidate } = JSON.parse(data);
    if (candidate && !connection.remoteDescription) early.push(candidate);
    else if (candidate) await connection.addIceCandidate(candidate);
    if (!description) return;
    if (description.type === 'answer' && connection.signalingState !== 'have-local-offer') return;
    if (description.type === 'offer' && connection.signalingState === 'have-local-offer') return;
    await connection.setRemoteDescription(description);
    for (const each of early.splice(0)) void connection.addIceCandidate(each);
    if (description.type !== 'offer') return;
    for (const transceiver of connection.getTransceivers()) transceiver.direction = 'sendrecv';
    await connection.setLocalDescription();
    send({ description: connection.localDescription });
    void publish();
  });
  if (window.bench.isFirst) return;
  for (const kind of ['audio', 'video']) connection.addTransceiver(kind, { direction: 'sendrecv' });
  await connection.setLocalDescription();
  send({ description: connection.localDescription });
  void publish();
};
