/** Gives an error its `ERR_…` code; some DOMExceptions refuse new properties and are wrapped. */
export default (error, code) => {
  try {
    error.code = code;
    if (error.code === code) return error;
  } catch {
    // Read-only: wrapped below.
  }
  const wrapped = new Error(error.message, { cause: error });
  return Object.assign(wrapped, { name: error.name, code });
};
