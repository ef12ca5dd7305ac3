use super::super::{BatchOrder, Clipping, Objective, Optimizer, Schedule, Training};
use super::images;
use crate::experiment::{Experiment, Initializer};

/// Lines that train `network` in a loop of PyTorch.
pub(super) fn lines(training: &Training, experiment: &Experiment) -> Vec<String> {
    let count = training.images_of(experiment);
    let (epochs, ends_within) = training.begun_epochs(count);
    let mut lines = images::lines(
        training,
        experiment,
        &[
            "train, test = (torchvision.datasets.MNIST(\"data\", train=train, download=True) for train in (True, False))",
            "images, labels = train.data.numpy(), train.targets.numpy()",
            "test_images, test_labels = test.data.numpy(), test.targets.numpy()",
        ],
    );
    lines.push("images, test_images = torch.tensor(images), torch.tensor(test_images)".to_owned());
    lines.push(
        "labels, test_labels = (torch.tensor(np.asarray(y, np.int64)) for y in (labels, test_labels))".to_owned(),
    );
    if experiment.initializer == Initializer::Lsuv {
        lines.extend([String::new(), "lsuv(images[:1000])".to_owned()]);
    }
    lines.push(String::new());
    loss(training, &mut lines);
    lines.push(format!("optimizer = {}", optimizer(training)));
    let has_schedule = schedule(training, training.steps(count), &mut lines);
    let order = match training.order {
        BatchOrder::Shuffled(_) => "torch.randperm(len(images))",
        BatchOrder::AsTheyAre => "torch.arange(len(images))",
    };
    lines.extend([
        "step = 0".to_owned(),
        format!("for epoch in range({epochs}):"),
        "    total, seen = 0.0, 0".to_owned(),
        format!("    for batch in {order}.split({}):", training.batch),
        "        loss = cross_entropy(network(images[batch]), labels[batch])".to_owned(),
        "        optimizer.zero_grad()".to_owned(),
        "        loss.backward()".to_owned(),
    ]);
    match training.clipping {
        Clipping::None | Clipping::NormOfEach(_) => {}
        Clipping::Norm(limit) => {
            lines.push(format!("        torch.nn.utils.clip_grad_norm_(network.parameters(), {limit})"));
        }
        Clipping::Value(limit) => {
            lines.push(format!("        torch.nn.utils.clip_grad_value_(network.parameters(), {limit})"));
        }
    }
    lines.push("        optimizer.step()".to_owned());
    if has_schedule {
        lines.push("        schedule.step()".to_owned());
    }
    lines.extend([
        "        total, seen = total + loss.item() * len(batch), seen + len(batch)".to_owned(),
        "        step += 1".to_owned(),
    ]);
    if let Some(steps) = ends_within {
        lines.extend([format!("        if step == {steps}:"), "            break".to_owned()]);
    }
    lines.extend(
        [
            "    with torch.no_grad():",
            "        logits = network(test_images)",
            "    test_loss, right = cross_entropy(logits, test_labels).item(), (logits.argmax(1) == test_labels).float().mean()",
            "    print(f\"epoch {epoch + 1}: loss {total / seen:.4f}, test loss {test_loss:.4f}, test accuracy {right:.4f}\")",
        ]
        .map(str::to_owned),
    );
    lines
}

/// The function `cross_entropy`.
fn loss(training: &Training, lines: &mut Vec<String>) {
    match training.objective {
        Objective::Exact => lines.push("cross_entropy = torch.nn.functional.cross_entropy".to_owned()),
        Objective::Clipped => lines.extend(
            [
                "",
                "def cross_entropy(logits, labels):  # of probabilities that are clipped, as Keras does after a softmax layer",
                "    return torch.nn.functional.nll_loss(logits.softmax(1).clamp(1e-7, 1 - 1e-7).log(), labels)",
                "",
                "",
            ]
            .map(str::to_owned),
        ),
    }
}

fn optimizer(training: &Training) -> String {
    let mut arguments = vec![format!("lr={}", training.learning_rate)];
    let betas = |beta_1: f64, beta_2: f64, epsilon: f64| format!("betas=({beta_1}, {beta_2}), eps={epsilon:e}");
    match training.optimizer {
        Optimizer::Sgd { momentum, nesterov } => {
            if momentum != 0.0 {
                arguments.push(format!("momentum={momentum}"));
            }
            if nesterov {
                arguments.push("nesterov=True".to_owned());
            }
        }
        Optimizer::RmsProp { rho, epsilon } => {
            arguments.push(format!("alpha={rho}, eps={epsilon:e}"));
        }
        Optimizer::Adagrad { initial_accumulator_value, epsilon } => {
            arguments.push(format!("initial_accumulator_value={initial_accumulator_value}, eps={epsilon:e}"));
        }
        Optimizer::Adam { beta_1, beta_2, epsilon } | Optimizer::AdamW { beta_1, beta_2, epsilon } => {
            arguments.push(betas(beta_1, beta_2, epsilon));
        }
    }
    let name = training.optimizer.title();
    if training.weight_decay != 0.0 || training.optimizer.default_weight_decay(training.framework) != 0.0 {
        arguments.push(format!("weight_decay={}", training.weight_decay));
    }
    format!("torch.optim.{name}(network.parameters(), {})", arguments.join(", "))
}

/// What becomes of the rate, if it changes.
fn schedule(training: &Training, steps: u64, lines: &mut Vec<String>) -> bool {
    let warm_up = training.warm_up;
    let later = match training.schedule {
        Schedule::Constant if warm_up == 0 => return false,
        Schedule::Constant => "    return 1.0".to_owned(),
        Schedule::Cosine => {
            let all = steps.saturating_sub(warm_up).max(1);
            format!("    return 0.5 * (1 + np.cos(np.pi * min(max(step - {}, 0) / {all}, 1)))", warm_up + 1)
        }
        Schedule::Step { at, factor } => format!("    return {factor} if step > {at} else 1.0"),
    };
    lines.extend([
        String::new(),
        String::new(),
        "def factor(done):  # of the learning rate, after so many steps".to_owned(),
        "    step = done + 1".to_owned(),
    ]);
    if warm_up > 0 {
        lines.extend([format!("    if step <= {warm_up}:"), format!("        return step / {warm_up}")]);
    }
    lines.extend([
        later,
        String::new(),
        String::new(),
        "schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, factor)".to_owned(),
    ]);
    true
}
