export default (task) => queueMicrotask(task);
