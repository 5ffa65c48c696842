/** One tile of the recording. Position and size are fractions (0 to 1) of the stage. */
export interface RecordingTile {
  /** `null`: no video, shows the initials. */
  readonly stream: MediaStream | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Shown in the corner; empty: no label. */
  readonly name: string;
  readonly fit: 'cover' | 'contain';
  readonly mirrored: boolean;
  readonly avatarInitials: string;
  /** The avatar colour, as a CSS colour. */
  readonly colour: string;
}
