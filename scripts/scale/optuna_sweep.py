"""A sweep by Optuna: each trial is a `fleuron train --json`, ended early where it lags behind. See docs/scale.md."""

import argparse
import json
import os
import pathlib
import shlex
import signal
import subprocess

import optuna


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("sweep"), help="study.db and a run per trial")
    parser.add_argument("--fleuron", default="npx fleuron", help="the command")
    parser.add_argument("train", nargs="*", help="after --: options of `train` that all trials share")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    study = optuna.create_study(
        study_name="fleuron",
        storage=f"sqlite:///{options.out}/study.db",
        load_if_exists=True,
        direction="maximize",
        sampler=optuna.samplers.TPESampler(seed=0),
        pruner=optuna.pruners.MedianPruner(n_startup_trials=3, n_warmup_steps=2),
    )
    study.optimize(lambda trial: accuracy(trial, options), n_trials=options.trials)
    best = study.best_trial
    print(f"best: {options.out}/trial-{best.number}, validation accuracy {best.value:.3f}, {best.params}")


def accuracy(trial: optuna.Trial, options: argparse.Namespace) -> float:
    """Trains with what the trial suggests. Returns the validation accuracy of the run's best epoch."""
    suggested = {
        "--learning-rate": trial.suggest_float("learning-rate", 1e-3, 1e-1, log=True),
        "--batch-size": trial.suggest_categorical("batch-size", [8, 16, 32]),
    }
    flags = [word for flag, value in suggested.items() for word in (flag, str(value))]
    command = [*shlex.split(options.fleuron), "train", *options.train, *flags]
    command += ["--out", str(options.out / f"trial-{trial.number}"), "--skip-report", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    best = None
    try:
        for event in map(json.loads, process.stdout):
            if event["type"] == "epoch":
                trial.report(event["valAccuracy"], event["epoch"])
                if trial.should_prune():
                    raise optuna.TrialPruned
            if event["type"] == "end":
                best = event["best"]["valAccuracy"]
            if event.get("code") == "loss-not-finite":
                raise optuna.TrialPruned
    except BaseException:
        # As Ctrl-C does: the run ends with a checkpoint, from which `train --resume` would continue.
        os.killpg(process.pid, signal.SIGINT)
        raise
    finally:
        process.communicate()
    if process.returncode != 0 or best is None:
        raise RuntimeError(f"{shlex.join(command)} ended with exit code {process.returncode}.")
    return best


if __name__ == "__main__":
    main()
