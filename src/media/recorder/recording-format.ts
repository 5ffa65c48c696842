/** How a recording is encoded. */
export interface RecordingFormat {
  readonly mimeType: string;
  readonly extension: 'mp4' | 'webm';
}

/** Best first: what plays everywhere, then what browsers can encode without effort. */
const formats: readonly RecordingFormat[] = [
  { mimeType: 'video/mp4;codecs=avc1.640028,mp4a.40.2', extension: 'mp4' },
  { mimeType: 'video/mp4;codecs=avc1.640028,opus', extension: 'mp4' },
  { mimeType: 'video/mp4;codecs=avc1.42E028,mp4a.40.2', extension: 'mp4' },
  { mimeType: 'video/mp4;codecs=avc1.42E028,opus', extension: 'mp4' },
  { mimeType: 'video/webm;codecs=vp8,opus', extension: 'webm' },
  { mimeType: 'video/webm;codecs=vp9,opus', extension: 'webm' },
  { mimeType: 'video/mp4', extension: 'mp4' },
  { mimeType: 'video/webm', extension: 'webm' },
];

/** The best format this browser can record; `undefined` when it cannot record at all. */
export function recordingFormat(): RecordingFormat | undefined {
  if (typeof MediaRecorder === 'undefined') return undefined;
  return formats.find(({ mimeType }) => MediaRecorder.isTypeSupported(mimeType));
}
