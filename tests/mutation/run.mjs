// Plants each fault of faults.mjs in a clone of what is committed, one at a time, and runs the tests that should notice.
// Run: node tests/mutation/run.mjs [parts of names]. Ends with 1 if a fault was not noticed.
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { faults } from "./faults.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const clone = mkdtempSync(join(tmpdir(), "shop-mutation-"));
// Longer than any class of tests takes on a busy machine; a fault that makes one wait for ever is noticed as well.
const patience = 600_000;

const dotnet = (...args) =>
  spawnSync("dotnet", args, { cwd: clone, encoding: "utf8", timeout: patience, killSignal: "SIGKILL" });

function build(project, ...more) {
  const built = dotnet("build", project, "-c", "Release", "--nologo", "-v", "q", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", ...more);
  if (built.status !== 0) throw new Error(`${project} does not build:\n${built.stdout}`);
}

/** Whether the tests of these classes pass; none found is no pass. */
function passes(tests) {
  const filter = tests.map((name) => `FullyQualifiedName~${name}`).join("|");
  const { status, stdout } = dotnet("test", "tests/Shop.Tests", "-c", "Release", "--no-build", "--nologo", "--filter", filter);
  if (status === 0 && !/Passed: +[1-9]/.test(stdout)) throw new Error(`No tests: ${filter}`);
  return status === 0;
}

/** Builds the project of a file again, and puts it where the tests run. */
function rebuild(file) {
  const project = file.split("/")[0];
  build(project, "--no-dependencies");
  copyFileSync(
    join(clone, project, "bin/Release/net10.0", `${project}.dll`),
    join(clone, "tests/Shop.Tests/bin/Release/net10.0", `${project}.dll`),
  );
}

function isNoticed({ name, file, find, put, tests }) {
  const path = join(clone, file);
  const text = readFileSync(path, "utf8");
  if (text.split(find).length !== 2) throw new Error(`${name}: ${file} has not exactly one «${find}»`);
  writeFileSync(path, text.replace(find, () => put));
  try {
    rebuild(file);
    return !passes(tests);
  } finally {
    writeFileSync(path, text);
  }
}

try {
  execFileSync("git", ["clone", "--quiet", root, clone]);
  const words = process.argv.slice(2);
  const chosen = faults.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  build("Shop.sln");
  if (!passes([...new Set(chosen.flatMap(({ tests }) => tests))])) throw new Error("The tests fail without a fault.");

  let last;
  const survivors = chosen.filter((fault) => {
    // Otherwise the fault before would stay in another project.
    if (last && last.split("/")[0] !== fault.file.split("/")[0]) rebuild(last);
    last = fault.file;
    const begun = Date.now();
    const noticed = isNoticed(fault);
    console.log(`${noticed ? "noticed " : "SURVIVED"}  ${fault.name} (${Math.round((Date.now() - begun) / 1000)} s)`);
    return !noticed;
  });
  console.log(`${chosen.length - survivors.length} of ${chosen.length} faults were noticed`);
  process.exitCode = survivors.length === 0 ? 0 : 1;
} finally {
  rmSync(clone, { recursive: true, force: true });
}
