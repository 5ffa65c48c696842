// The floor: parses a JSON message, finds the addressee in a Map, sends it on. Nothing is checked. Prints its port.
import { WebSocketServer } from 'ws';
import '../measured-process.mjs';

const sockets = new Map();
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('listening', () => console.log(server.address().port));
server.on('connection', (socket, request) => {
  const id = new URL(request.url, 'http://relay').searchParams.get('id');
  sockets.set(id, socket);
  socket.on('message', (data) => {
    const message = JSON.parse(data);
    sockets.get(message.dst)?.send(JSON.stringify({ ...message, src: id }));
  });
  socket.on('close', () => sockets.delete(id));
});
