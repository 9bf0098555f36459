// The description of the API: OpenAPI 3.1 by Redocly's rules, and what a node answers is what it describes, by ajv.
// node open_api_test.mjs FOLDER-OF-PROGRAMS
import { execFileSync, spawn } from 'node:child_process';
import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createConfig, lint } from '@redocly/openapi-core';
import Ajv from 'ajv/dist/2020.js';

const programs = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), 'hansa-open-api-'));
let node;
try {
  const data = join(folder, 'network', 'hub');
  execFileSync(join(programs, 'hansa'), ['network', 'found', '--name', 'Test', '--out', join(folder, 'network'), '--hub', '127.0.0.1:1']);
  node = spawn(join(programs, 'hansad'), ['--data', data, '--http', '127.0.0.1:0', '--http-open'], { stdio: 'inherit' });
  const endpoints = join(data, 'run', 'endpoints.json');
  while (!existsSync(endpoints)) {
    assert.equal(node.exitCode, null, 'the node ended as it started');
    await pause(50);
  }
  const address = `http://${JSON.parse(readFileSync(endpoints, 'utf8')).http}`;

  const described = await fetch(`${address}/openapi.json`);
  assert.equal(described.headers.get('content-type'), 'application/json');
  const text = await described.text();
  const api = JSON.parse(text);
  const file = join(folder, 'openapi.json');
  writeFileSync(file, text);
  const problems = await lint({ ref: file, config: await createConfig({ extends: ['recommended'] }) });
  assert.deepEqual(problems.map((each) => `${each.ruleId}: ${each.message} ${each.location[0]?.pointer ?? ''}`), []);
  assert(Object.keys(api.paths).length > 100);
  const broken = structuredClone(api);
  delete broken.paths['/hansa.v1.Node/ListMembers'].post.responses;
  writeFileSync(file, JSON.stringify(broken));
  assert.notEqual((await lint({ ref: file, config: await createConfig({ extends: ['recommended'] }) })).length, 0);

  // A description is kept to where nothing is answered that it does not name.
  for (const schema of Object.values(api.components.schemas)) {
    if (schema.properties) schema.additionalProperties = false;
  }
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { int32: true, int64: true, uint64: true } });
  ajv.addSchema({ $id: 'hansa', components: api.components });
  const check = (name, value) => {
    const holds = ajv.getSchema(`hansa#/components/schemas/${name}`);
    assert(holds(value), `${name}: ${JSON.stringify(holds.errors)} in ${JSON.stringify(value)}`);
  };
  const ask = async (method, question) => {
    const answer = await fetch(`${address}/hansa.v1.Node/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', origin: address },
      body: JSON.stringify(question),
    });
    return [answer.status, await answer.json()];
  };
  const schemaOf = (method) =>
    api.paths[`/hansa.v1.Node/${method}`].post.responses['200'].content['application/json'].schema.$ref.split('/').pop();
  let answered = 0;
  for (const [path, { post }] of Object.entries(api.paths)) {
    if (post?.['x-hansa-role'] !== 'public') continue;
    const method = path.split('/').pop();
    const [status, reply] = await ask(method, {});
    check(status === 200 ? schemaOf(method) : 'Error', reply);
    if (status === 200) answered += 1;
  }
  assert(answered > 10, `${answered} methods answered`);
  const [status, members] = await ask('ListMembers', {});
  assert.equal(status, 200);
  assert.equal(members.members[0].slug, 'int-uil');
  const [refused, error] = await ask('Backup', {});
  assert.equal(refused, 401);
  check('Error', error);
  assert.throws(() => check('ListMembersReply', { members: [{ slug: 3 }] }));
  assert.throws(() => check('ListMembersReply', { nobody: [] }));
  console.log(`${Object.keys(api.paths).length} addresses described, ${answered} methods answered as they are described`);
} finally {
  if (node && node.exitCode === null) {
    node.kill('SIGTERM');
    await once(node, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
}
