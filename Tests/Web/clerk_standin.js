// Plays ClerkJS for the stories: the members that the web app uses, over a sign-in service that the stories play too.
window.Clerk = (() => {
  const service = "https://clerk.alex.example";
  const listeners = [];
  let client = { user: null, jwt: null };

  async function refresh() {
    client = await (await fetch(`${service}/v1/client`)).json();
    for (const listener of listeners) listener();
  }

  function leave(page, { signInForceRedirectUrl }) {
    location.assign(`${service}/${page}?redirect_url=${encodeURIComponent(signInForceRedirectUrl)}`);
    return new Promise(() => undefined);
  }

  return {
    load: refresh,
    get user() { return client.user; },
    get session() {
      return client.user && {
        getToken: async () => {
          await refresh();
          return client.jwt;
        },
      };
    },
    addListener(listener) { listeners.push(listener); },
    redirectToSignIn: (options) => leave("sign-in", options),
    redirectToSignUp: (options) => leave("sign-up", options),
    async signOut({ redirectUrl }) {
      await fetch(`${service}/v1/client/sign-out`, { method: "POST" });
      await refresh();
      location.assign(redirectUrl);
    },
  };
})();
