// Which server is started, with real interpreters and a real server.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { rmSync } from "node:fs";

const require = createRequire(import.meta.url);
const { findServer, listInterpreters, NoServerError } = require("../build/server.js");

const folder = mkdtempSync(path.join(tmpdir(), "layercheck-vscode-"));
after(() => rmSync(folder, { recursive: true }));

const DEFAULTS = { path: "", interpreter: "", importStrategy: "fromEnvironment" };

/** A program in the place of a Python: `knows` is what it has, its own or by PYTHONPATH. */
function makeInterpreter(name, { own = false, bundled = false } = {}) {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  const test = bundled ? '[ -n "$PYTHONPATH" ]' : own;
  writeFileSync(file, `#!/bin/sh\n${test}\n`);
  chmodSync(file, 0o755);
  return file;
}

function inWorkspace(name, options) {
  makeInterpreter(path.join(name, ".venv", "bin", "python"), options);
  return path.join(folder, name);
}

test("a path that is set is started as it is", async () => {
  const found = await findServer({ ...DEFAULTS, path: "/opt/layercheck" }, { trusted: true, folders: [], bundled: "b" });
  assert.deepEqual(found, { command: "/opt/layercheck", args: ["server"], env: {}, origin: "setting" });
});

test("the environment of the workspace comes before the bundled one", async () => {
  const workspace = inWorkspace("one", { own: true });
  const found = await findServer(DEFAULTS, { trusted: true, folders: [workspace], bundled: "b" });
  assert.equal(found.origin, "environment");
  assert.equal(found.command, path.join(workspace, ".venv", "bin", "python"));
  assert.deepEqual(found.env, {});
});

test("the bundled one is used where the environment has none", async () => {
  const workspace = inWorkspace("two", { bundled: true });
  const found = await findServer(
    { ...DEFAULTS, interpreter: path.join(workspace, ".venv", "bin", "python") },
    { trusted: true, folders: [workspace], bundled: "/bundled" },
  );
  assert.equal(found.origin, "bundled");
  assert.deepEqual(found.env, { PYTHONPATH: "/bundled" });
});

test("the bundled one is used when it is asked for", async () => {
  const interpreter = makeInterpreter("both", { own: true });
  const settings = { ...DEFAULTS, interpreter, importStrategy: "bundled" };
  const found = await findServer(settings, { trusted: true, folders: [], bundled: "/bundled" });
  assert.equal(found.origin, "bundled");
});

test("nothing of a workspace that is not trusted is started", async () => {
  const workspace = inWorkspace("three", { own: true });
  const surroundings = { trusted: false, folders: [workspace], bundled: "b", selected: "/somewhere/python" };
  assert.deepEqual(listInterpreters({ ...DEFAULTS, interpreter: "/other/python" }, surroundings), ["python3", "python"]);
});

test("the interpreter that is selected elsewhere comes first", () => {
  const workspace = inWorkspace("four", { own: true });
  const found = listInterpreters(DEFAULTS, { trusted: true, folders: [workspace], bundled: "b", selected: "/s/python" });
  assert.deepEqual(found, ["/s/python", path.join(workspace, ".venv", "bin", "python"), "python3", "python"]);
});

test("the error says what was tried and what to do", async () => {
  const interpreter = makeInterpreter("none", {});
  await assert.rejects(
    findServer({ ...DEFAULTS, interpreter }, { trusted: true, folders: [], bundled: "b" }),
    (error) => error instanceof NoServerError && error.message.includes(interpreter) && error.message.includes("pip install"),
  );
});

const python = process.env.LAYERCHECK_PYTHON;
test("the server that is found answers", { skip: !python && "LAYERCHECK_PYTHON names no Python with layercheck" }, async () => {
  const settings = { ...DEFAULTS, interpreter: python };
  const found = await findServer(settings, { trusted: true, folders: [], bundled: "b" });
  const server = spawn(found.command, found.args, { env: { ...process.env, ...found.env }, cwd: folder });
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params: { capabilities: {}, processId: null, rootUri: null } });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  const answer = await new Promise((resolve) => server.stdout.once("data", (data) => resolve(String(data))));
  server.kill();
  assert.match(answer, /Content-Length/);
});
