// A real authorization server (oidc-provider) with a small API behind its tokens.
// node oidc.mjs MODULE PORT CLIENT_KEY TOKEN_SECONDS
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [module, port, keyFile, seconds] = process.argv.slice(2);
const { default: Provider } = await import(pathToFileURL(module));
const lifetime = Number(seconds);
const audience = 'urn:tests:api';
const pages = 5;
const code = { grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] };
const machine = { grant_types: ['client_credentials'], redirect_uris: [], response_types: [] };
const scope = 'api:read api:write';

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    { client_id: 'web', client_secret: 'web s3cret:/+%', redirect_uris: ['https://app.example.com/back'], ...code },
    { client_id: 'posting', client_secret: 'posting-s3cret', token_endpoint_auth_method: 'client_secret_post', scope, ...machine },
    { client_id: 'machine', client_secret: 'machine s3cret:/+%', scope, ...machine },
    { client_id: 'keyed', token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'RS256',
      jwks: { keys: [JSON.parse(readFileSync(keyFile, 'utf8'))] }, scope, ...machine },
    { client_id: 'native', token_endpoint_auth_method: 'none', application_type: 'native',
      redirect_uris: ['http://127.0.0.1/callback'], response_types: ['code'],
      grant_types: [...code.grant_types, 'urn:ietf:params:oauth:grant-type:device_code'] },
    // A service of several people's connections, on whatever port of this machine.
    { client_id: 'service', client_secret: 'service s3cret:/+%', application_type: 'native',
      redirect_uris: ['http://127.0.0.1/v1/oauth/callback'], ...code },
  ],
  features: {
    clientCredentials: { enabled: true }, revocation: { enabled: true },
    deviceFlow: { enabled: true }, devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true, defaultResource: () => audience, useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope, accessTokenTTL: lifetime, accessTokenFormat: 'opaque' }),
    },
  },
  scopes: ['openid', 'offline_access', ...scope.split(' ')],
  pkce: { required: () => true },
  rotateRefreshToken: true,
  issueRefreshToken: async (context, client) => client.grantTypeAllowed('refresh_token'),
  ttl: { AccessToken: lifetime, ClientCredentials: lifetime, RefreshToken: 3600, AuthorizationCode: 60,
    Grant: 3600, Interaction: 600, Session: 3600, IdToken: 600, DeviceCode: 60 },
  cookies: { keys: ['of no use outside this process'] },
  findAccount: async (context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
});

const seen = { refreshes: 0, refused: 0, families: 0, revoked: 0 };
provider.on('grant.success', (context) => {
  if (context.oidc.params.grant_type === 'refresh_token') seen.refreshes += 1;
});
provider.on('grant.revoked', () => { seen.families += 1; });
provider.on('refresh_token.destroyed', () => { seen.revoked += 1; });
const bearer = /^Bearer (.+)$/i;

provider.use(async (context, next) => {
  if (context.path === '/ready') { context.body = 'ready'; return; }
  if (context.path === '/seen') { context.body = seen; return; }
  if (!context.path.startsWith('/api/')) { await next(); return; }
  const given = (context.get('authorization').match(bearer) ?? [])[1];
  const token = given && (await provider.AccessToken.find(given) ?? await provider.ClientCredentials.find(given));
  if (!token || token.isExpired) {
    seen.refused += 1;
    context.status = 401;
    context.body = { error: 'invalid_token' };
    return;
  }
  if (context.path === '/api/me') { context.body = { account: token.accountId ?? null, scope: token.scope }; return; }
  const page = Number(context.query.page ?? 1);
  const items = [0, 1, 2].map((number) => ({ id: (page - 1) * 3 + number }));
  context.body = { items, next: page < pages ? page + 1 : null };
});
provider.listen(Number(port), '127.0.0.1');
