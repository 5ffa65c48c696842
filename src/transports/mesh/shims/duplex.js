/**
 * Replaces readable-stream's Duplex with what simple-peer 9.11.1 calls in the mesh: an emitter, `push`, `end` and two flags.
 * Buffers nothing: data without a listener is dropped. Strings stay strings.
 */
export class Duplex {
  #listeners = new Map();
  readable = true;
  writable = true;
  _readableState = { ended: false };
  _writableState = { finished: false };

  on(name, listener) {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
    return this;
  }

  once(name, listener) {
    const only = (...args) => {
      this.off(name, only);
      listener.apply(this, args);
    };
    only.original = listener;
    return this.on(name, only);
  }

  off(name, listener) {
    const listeners = this.#listeners.get(name) ?? [];
    const index = listeners.findLastIndex((each) => each === listener || each.original === listener);
    if (index >= 0) this.#listeners.set(name, listeners.toSpliced(index, 1));
    return this;
  }

  removeListener(name, listener) {
    return this.off(name, listener);
  }

  emit(name, ...args) {
    const listeners = this.#listeners.get(name) ?? [];
    if (listeners.length === 0 && name === 'error') throw args[0];
    for (const listener of listeners) listener.apply(this, args);
    return listeners.length > 0;
  }

  push(chunk) {
    if (chunk !== null) return this.emit('data', chunk);
    this._readableState.ended = true;
    this.emit('end');
    return false;
  }

  end() {
    if (this._writableState.finished) return this;
    this._writableState.finished = true;
    this.emit('finish');
    return this;
  }
}

export default { Duplex };
