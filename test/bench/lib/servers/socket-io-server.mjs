// socket.io's server as a relay, as its documentation shows private messages; WebSocket only. Prints its port.
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { join } from 'node:path';
import '../measured-process.mjs';

const { Server } = createRequire(join(process.cwd(), '.bench/'))('socket.io');
const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false });
io.on('connection', (socket) => {
  void socket.join(socket.handshake.query.id);
  socket.on('signal', (message) =>
    io.to(message.dst).emit('signal', { ...message, src: socket.handshake.query.id }),
  );
});
http.listen(0, '127.0.0.1', () => console.log(http.address().port));
