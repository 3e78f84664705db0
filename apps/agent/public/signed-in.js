// The window of a sign-in at the company's identity provider: gives its ticket to the page that opened it, and closes. The ticket is worth nothing to
// anybody else, and is told to pages of this origin alone.
const ticket = location.hash.slice(1);
const channel = new BroadcastChannel("cordboard.signIn");
channel.postMessage(ticket);
channel.close();
window.opener?.postMessage({ "cordboard.signIn": ticket }, location.origin);
history.replaceState(null, "", location.pathname);
window.close();
