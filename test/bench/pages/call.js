// The element. The shell is loaded, as on any page with the tag; the rest comes with the click.
window.join = async ({ token, attributes = {} }) => {
  const element = document.querySelector('cometchat-call') ?? document.createElement('cometchat-call');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.setAttribute('token', token);
  if (!element.isConnected) document.body.append(element);
};
