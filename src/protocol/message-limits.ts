/** Maximum bytes of a message. A session description with four media sections and a data channel has about 10 KiB. */
export const maxMessageBytes = 64 * 1024;

/**
 * Maximum bytes of a `join`. A token made by a backend may contain a whole picture: a `data:` URL of 1 MB makes a
 * token of 1.4 MB. The picture is dropped once the token has been verified.
 */
export const maxJoinBytes = 4 * 1024 * 1024;

/** Maximum characters of a session description. */
export const maxSdpLength = 32 * 1024;
