/** Whether this page has access to media devices: secure contexts only. */
export function hasMediaDevices(): boolean {
  return (navigator.mediaDevices as MediaDevices | undefined) !== undefined;
}
