/** simple-peer's own chatter is never shown: the call has its own logger. */
export default () => () => {};
