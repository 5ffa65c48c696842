import { ASPECT_RATIO, POSITION } from '../constants.js';

/** A label or button on the main video: in which corner, and whether it is there. */
interface Label {
  position: string;
  visible: boolean;
  /** Any CSS colour, for its background. */
  color?: string;
}

/**
 * The appearance of the main video of the call and its labels. The fields have the names of CometChat's class,
 * because its Chat SDK builds such objects too.
 */
export class MainVideoContainerSetting {
  /** One of `CallSettings.ASPECT_RATIO`. Default `contain`. */
  videoFit: string = ASPECT_RATIO.CONTAIN;
  /** The full-screen button. Default: visible, bottom right. */
  readonly zoomButton: Label = { position: POSITION.BOTTOM_RIGHT, visible: true };
  /** The name of the participant. Default: visible, bottom left. */
  readonly nameLabel: Label = {
    position: POSITION.BOTTOM_LEFT,
    visible: true,
    color: 'rgba(27, 27, 27, 0.4)',
  };
  /** The sign for a poor connection. Default: visible, bottom right. */
  readonly network: Label = { position: POSITION.BOTTOM_RIGHT, visible: true };

  /** `default`, `contain` (all of the picture, with bars) or `cover` (no bars). */
  setMainVideoAspectRatio(mainVideoAspectRatio: string): void {
    this.videoFit = mainVideoAspectRatio;
  }

  /** Corner (one of `CallSettings.POSITION`) and visibility of the full-screen button. */
  setFullScreenButtonParams(position?: string, visibility?: boolean): void {
    assignDefined(this.zoomButton, { position, visible: visibility });
  }

  /** Corner, visibility and background (any CSS colour) of the name. */
  setNameLabelParams(position?: string, visibility?: boolean, backgroundColor?: string): void {
    assignDefined(this.nameLabel, { position, visible: visibility, color: backgroundColor });
  }

  /** Corner and visibility of the sign for a poor connection. */
  setNetworkLabelParams(position?: string, visibility?: boolean): void {
    assignDefined(this.network, { position, visible: visibility });
  }
}

/** What is not given stays as it was. */
function assignDefined(
  label: Label,
  changes: { readonly [Key in keyof Label]?: Label[Key] | undefined },
): void {
  Object.assign(label, definedFields(changes));
}

/** What has a value. */
export function definedFields(values: object): object {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  );
}
