import type { LocalSource } from '../../domain/call/call-state.js';

/** The permissions policy feature of each source. */
export const features = { microphone: 'microphone', camera: 'camera', screen: 'display-capture' } as const;

interface FeaturePolicy {
  allowsFeature(feature: string): boolean;
}

/** Whether permissions policy allows `source` in this document; `undefined` if unknown. */
export function pageAllows(source: LocalSource): boolean | undefined {
  const { permissionsPolicy, featurePolicy } = document as Document & {
    readonly permissionsPolicy?: FeaturePolicy;
    readonly featurePolicy?: FeaturePolicy;
  };
  const policy = permissionsPolicy ?? featurePolicy;
  if (policy) return policy.allowsFeature(features[source]);
  if (!isFramed()) return undefined;
  return frameAllows(source);
}

/** Whether this page is embedded in a frame. */
export function isFramed(): boolean {
  return window.top !== window;
}

/** Firefox and Safari have no policy object, but a same-origin frame element can be read. */
function frameAllows(source: LocalSource): boolean | undefined {
  const allow = window.frameElement?.getAttribute('allow');
  const rule = allow
    ?.split(';')
    .map((directive) => directive.trim().split(/\s+/))
    .find(([feature]) => feature === features[source]);
  return rule?.includes("'none'") ? false : undefined;
}
