/** How a recording is encoded. */
export interface RecordingFormat {
  readonly mimeType: string;
  readonly extension: string;
}

/** Best first: what plays everywhere, then what browsers can encode without effort. */
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

/** The formats this browser says it can record, best first. It may refuse one all the same: the next is to be tried. */
export function recordingFormats(): readonly RecordingFormat[] {
  if (typeof MediaRecorder === 'undefined') return [];
  return mimeTypes.filter((mimeType) => MediaRecorder.isTypeSupported(mimeType)).map(formatOf);
}

/** The format of a MIME type. Browsers tell only after the start which one they really use. */
export function formatOf(mimeType: string): RecordingFormat {
  const [container = ''] = mimeType.split(';');
  return { mimeType, extension: extensions[container.trim().toLowerCase()] ?? 'webm' };
}
