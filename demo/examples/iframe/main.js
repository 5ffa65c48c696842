// The page of the frame is any page with the element; here that of the strict policy.
document.querySelector('iframe').src = `../csp/${location.search}`;
