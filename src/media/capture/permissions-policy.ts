import type { LocalSource } from '../../domain/call/call-state.js';

/** The names by which pages allow or refuse a source to their frames. */
const features = { microphone: 'microphone', camera: 'camera', screen: 'display-capture' } as const;

interface FeaturePolicy {
  allowsFeature(feature: string): boolean;
}

/** Whether the page (or the page around it) lets this document use `source`; `undefined` where nothing tells. */
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

/** Whether another page shows this one in a frame. */
export function isFramed(): boolean {
  return window.top !== window;
}

/** Firefox and Safari have no policy object; the frame of a page of the same origin can be read. */
function frameAllows(source: LocalSource): boolean | undefined {
  const allow = window.frameElement?.getAttribute('allow');
  const rule = allow
    ?.split(';')
    .map((directive) => directive.trim().split(/\s+/))
    .find(([feature]) => feature === features[source]);
  return rule?.includes("'none'") ? false : undefined;
}
