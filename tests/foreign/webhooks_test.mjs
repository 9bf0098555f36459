// Hooks: what a node sends over the network, verified by the library of Standard Webhooks, as a receiver would.
import { createServer } from 'node:http';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { strict as assert } from 'node:assert';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

const deliveries = [];
const server = createServer((request, response) => {
  const parts = [];
  request.on('data', part => parts.push(part));
  request.on('end', () => {
    deliveries.push({ method: request.method, headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
    response.writeHead(204).end();
  });
});
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/hook`;
const { stdout } = await promisify(execFile)(process.argv[2], [url]);
server.close();
const [older, newer] = stdout.trim().split('\n').map(secret => new Webhook(secret));

assert.equal(deliveries.length, 4);
deliveries.forEach(({ method, headers, body }, i) => {
  assert.equal(method, 'POST');
  assert.equal(headers['content-type'], 'application/json');
  const said = older.verify(body, headers);
  if (i > 0) assert.deepEqual(newer.verify(body, headers), said);
  else assert.throws(() => newer.verify(body, headers), WebhookVerificationError);
  assert.throws(() => older.verify(`${body} `, headers), WebhookVerificationError);
  assert.throws(() => older.verify(body, { ...headers, 'webhook-id': 'msg_other' }), WebhookVerificationError);
  assert.equal(said.type, i < 3 ? 'hansa.news' : 'hansa.test');
  assert.ok(!Number.isNaN(Date.parse(said.timestamp)));
  if (i < 3) assert.equal(said.data.title, `Invented for a test: 책 읽는 도시 — "${i + 1}" 🎓`);
});
assert.equal(new Set(deliveries.map(({ headers }) => headers['webhook-id'])).size, 4);
console.log(`${deliveries.length} deliveries verified`);
