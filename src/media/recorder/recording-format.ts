/** How a recording is encoded. */
export interface RecordingFormat {
  readonly mimeType: string;
  readonly extension: string;
}

/** Best first: formats that play everywhere, then formats that are cheap to encode. */
const mimeTypes = [
  'video/mp4;codecs=avc1.640028,mp4a.40.2',
  'video/mp4;codecs=avc1.640028,opus',
  'video/mp4;codecs=avc1.42E028,mp4a.40.2',
  'video/mp4;codecs=avc1.42E028,opus',
  'video/webm;codecs=vp8,opus',
  'video/webm;codecs=vp9,opus',
  'video/mp4',
  'video/webm',
] as const;

const extensions: Readonly<Record<string, string>> = {
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'video/x-matroska': 'mkv',
};

/** The formats that this browser reports as recordable, best first. It may still refuse one; then try the next. */
export function recordingFormats(): readonly RecordingFormat[] {
  if (typeof MediaRecorder === 'undefined') return [];
  return mimeTypes.filter((mimeType) => MediaRecorder.isTypeSupported(mimeType)).map(formatOf);
}

/** The format of a MIME type. Browsers report the type in use only after the start. */
export function formatOf(mimeType: string): RecordingFormat {
  const [container = ''] = mimeType.split(';');
  return { mimeType, extension: extensions[container.trim().toLowerCase()] ?? 'webm' };
}
