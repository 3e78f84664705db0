/** Beats every five seconds. A page that is hidden has its own timers slowed down to one a minute, at which a registration would run out. */
setInterval(() => self.postMessage(null), 5_000);

export {};
