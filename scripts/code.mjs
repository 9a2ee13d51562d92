// `make code`: opens samples/ in an editor with the packed extension: in `code` where it is installed, else in code-server.
//   node scripts/code.mjs [FOLDER]
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { packedExtension, ROOT, startCodeServer } from './editor/codeServer.mjs';

const folder = path.resolve(process.argv[2] ?? path.join(ROOT, 'samples'));
const vsix = packedExtension();
const code = (process.env.PATH ?? '').split(path.delimiter).map(entry => path.join(entry, 'code')).find(isExecutable);
if (code === undefined || !openInCode(code)) await openInCodeServer();

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether the installed editor took the extension and opened the folder. */
function openInCode(command) {
  for (const args of [['--install-extension', vsix, '--force'], [folder]]) {
    const { status } = spawnSync(command, args, { stdio: 'inherit' });
    if (status !== 0) {
      console.error(`${command} ${args[0]} ended with ${status}; starting code-server instead.`);
      return false;
    }
  }
  return true;
}

async function openInCodeServer() {
  const setup = spawnSync(path.join(ROOT, 'scripts', 'setup_editor.sh'), ['editor'], { stdio: 'inherit' });
  if (setup.status !== 0) process.exit(setup.status ?? 1);
  const python = path.join(ROOT, '.venv', 'bin', 'python');
  const editor = await startCodeServer({
    vsix,
    cwd: folder,
    settings: { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.enabled': false },
    machineSettings: existsSync(python) ? { 'thoth.interpreter': python } : {},
  });
  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    console.log('\nEnding the editor.');
    await editor.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
  console.log(`\n  ${editor.url}/?folder=${encodeURIComponent(folder)}\n\nOpen this address in a browser; Ctrl-C ends the editor.`);
}
