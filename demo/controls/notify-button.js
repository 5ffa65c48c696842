/** Lets the user allow notifications of calls; the tags never ask by themselves. */
export function offerNotifications(button) {
  if (!('Notification' in window)) return;
  const follow = () => (button.hidden = Notification.permission !== 'default');
  button.addEventListener('click', () => void Notification.requestPermission().then(follow));
  follow();
}
