import { defaultBlur } from '../../settings/setting-rows.js';
import type { CallSettings as ElementSettings } from '../../settings/setting-rows.js';

/** The getters of the Chat SDK's VirtualBackground. */
type VirtualBackground = Partial<
  Record<
    | 'shouldAllowBackgroundBlur'
    | 'shouldAllowUserImages'
    | 'shouldShowDefaultImages'
    | 'getImages'
    | 'isBackgroundBlurEnforced'
    | 'getEnforcedBackgroundImage',
    () => unknown
  >
>;

type BackgroundSettings = Partial<
  Pick<ElementSettings, 'backgroundBlur' | 'backgroundImage' | 'backgroundChoices'>
>;

/** The element's settings that say the same as an object like the Chat SDK's VirtualBackground. */
export function backgroundSettings(virtualBackground: object | undefined): BackgroundSettings {
  if (!virtualBackground) return {};
  const source = virtualBackground as VirtualBackground;
  const image = source.getEnforcedBackgroundImage?.();
  const blur = source.isBackgroundBlurEnforced?.();
  if (typeof image === 'string' && image) return { backgroundImage: image, backgroundChoices: 'none' };
  if (blur)
    return { backgroundBlur: typeof blur === 'number' ? blur : defaultBlur, backgroundChoices: 'none' };
  const choices = [
    (source.shouldAllowBackgroundBlur?.() ?? true) && 'blur',
    (source.shouldShowDefaultImages?.() ?? true) && 'builtin',
    (source.shouldAllowUserImages?.() ?? true) && 'upload',
    ...addresses(source.getImages?.()),
  ];
  return { backgroundChoices: choices.filter(Boolean).join(' ') };
}

/** A list of the choices is parted by spaces. */
function addresses(images: unknown): readonly string[] {
  const list = Array.isArray(images) ? (images as readonly unknown[]) : [];
  return list
    .filter((each): each is string => typeof each === 'string')
    .map((each) => each.trim().replace(/\s/g, '%20'));
}
