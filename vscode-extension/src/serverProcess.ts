/** Runs the server's process. */
import { spawn, type ChildProcess } from "node:child_process";
import type { LogOutputChannel } from "vscode";
import type { Interpreter } from "./python";

export interface ProcessOptions {
  readonly startScript: string;
  /** A folder that is nobody's workspace. */
  readonly workingFolder: string;
  readonly log: LogOutputChannel;
}

/** A process that runs, with the protocol on its standard streams; rejects when there is none to be had. */
export function startProcess(interpreter: Interpreter, { startScript, workingFolder, log }: ProcessOptions): Promise<ChildProcess> {
  const args = ["-I", "-X", "utf8", startScript, ...interpreter.folders, "--", "--stdio"];
  log.info(`Starting ${[interpreter.command, ...args].join(" ")}`);
  const child = spawn(interpreter.command, args, { cwd: workingFolder, stdio: "pipe", windowsHide: true });
  child.once("exit", (code, signal) => {
    log.info(`Server process ${child.pid ?? "?"} ended: ${signal ?? `exit code ${code ?? "?"}`}`);
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("spawn", () => {
      child.removeListener("error", reject);
      child.on("error", (error) => {
        log.error(`Server process ${child.pid ?? "?"}: ${error.message}`);
      });
      resolve(child);
    });
  });
}

/** Ends a process that has not ended by itself. */
export function killProcess(child: ChildProcess | undefined): void {
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill("SIGKILL");
  }
}
