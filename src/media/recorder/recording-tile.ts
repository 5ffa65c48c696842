/** One tile of the recorded picture. Place and size are shares (0 to 1) of the stage. */
export interface RecordingTile {
  /** `null`: no picture, the initials are shown. */
  readonly stream: MediaStream | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Written into the corner; empty: nothing. */
  readonly name: string;
  readonly fit: 'cover' | 'contain';
  readonly mirrored: boolean;
  readonly avatarInitials: string;
  /** Of the avatar, as CSS writes it. */
  readonly colour: string;
}
