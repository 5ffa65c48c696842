/** Whether the browser lets this page have media devices at all: only secure pages. */
export function hasMediaDevices(): boolean {
  return (navigator.mediaDevices as MediaDevices | undefined) !== undefined;
}
