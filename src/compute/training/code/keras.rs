use super::super::{BatchOrder, Clipping, Objective, Optimizer, Schedule, Training};
use super::images;
use crate::experiment::{Experiment, Initializer};

/// Lines that train `model` with Keras's `fit`.
pub(super) fn lines(training: &Training, experiment: &Experiment) -> Vec<String> {
    let count = training.images_of(experiment);
    let (epochs, ends_within) = training.begun_epochs(count);
    let mut lines = images::lines(
        training,
        experiment,
        &["(images, labels), (test_images, test_labels) = keras.datasets.mnist.load_data()"],
    );
    if experiment.initializer == Initializer::Lsuv {
        lines.extend([String::new(), "lsuv(images[:1000])".to_owned()]);
    }
    if training.l2 != 0.0 {
        lines.extend([
            String::new(),
            "# Keras adds this penalty to the losses that it prints; initscope's are without, as cross_entropy is."
                .to_owned(),
            "for layer in model.layers:".to_owned(),
            "    if layer.weights:".to_owned(),
            format!("        layer.kernel.regularizer = keras.regularizers.L2({})", training.l2),
        ]);
    }
    if training.objective == Objective::Clipped {
        lines.extend([String::new(), "model.add(keras.layers.Softmax())".to_owned()]);
    }
    lines.push(String::new());
    let rate = rate(training, training.steps(count), &mut lines);
    let mut callbacks = String::new();
    if let Some(steps) = ends_within {
        lines.extend([
            String::new(),
            "class Stop(keras.callbacks.Callback):".to_owned(),
            "    def on_train_batch_end(self, batch, logs=None):".to_owned(),
            format!("        self.model.stop_training = int(self.model.optimizer.iterations) >= {steps}"),
            String::new(),
            String::new(),
        ]);
        callbacks = ", callbacks=[Stop()]".to_owned();
    }
    let from_logits = if training.objective == Objective::Exact { "True" } else { "False" };
    let shuffle = if matches!(training.order, BatchOrder::Shuffled(_)) { "True" } else { "False" };
    let without_penalty = if training.l2 == 0.0 {
        String::new()
    } else {
        format!(", keras.metrics.SparseCategoricalCrossentropy(name=\"cross_entropy\", from_logits={from_logits})")
    };
    lines.extend([
        "model.compile(".to_owned(),
        format!("    optimizer={},", optimizer(training, &rate)),
        format!("    loss=keras.losses.SparseCategoricalCrossentropy(from_logits={from_logits}),"),
        format!("    metrics=[\"accuracy\"{without_penalty}],"),
        ")".to_owned(),
        format!(
            "history = model.fit(images, labels, batch_size={}, epochs={epochs}, shuffle={shuffle}, validation_data=(test_images, test_labels){callbacks}, verbose=2)",
            training.batch
        ),
    ]);
    lines
}

fn optimizer(training: &Training, rate: &str) -> String {
    let mut arguments = vec![format!("learning_rate={rate}")];
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
            arguments.push(format!("rho={rho}, epsilon={epsilon:e}"));
        }
        Optimizer::Adagrad { initial_accumulator_value, epsilon } => {
            arguments.push(format!("initial_accumulator_value={initial_accumulator_value}, epsilon={epsilon:e}"));
        }
        Optimizer::Adam { beta_1, beta_2, epsilon } | Optimizer::AdamW { beta_1, beta_2, epsilon } => {
            arguments.push(format!("beta_1={beta_1}, beta_2={beta_2}, epsilon={epsilon:e}"));
        }
    }
    let name = training.optimizer.title();
    if training.weight_decay != 0.0 || training.optimizer.default_weight_decay(training.framework) != 0.0 {
        arguments.push(format!("weight_decay={}", training.weight_decay));
    }
    match training.clipping {
        Clipping::None => {}
        Clipping::Norm(limit) => arguments.push(format!("global_clipnorm={limit}")),
        Clipping::NormOfEach(limit) => arguments.push(format!("clipnorm={limit}")),
        Clipping::Value(limit) => arguments.push(format!("clipvalue={limit}")),
    }
    format!("keras.optimizers.{name}({})", arguments.join(", "))
}

/// What the optimizer takes as its rate; a class, if it changes.
fn rate(training: &Training, steps: u64, lines: &mut Vec<String>) -> String {
    let (rate, warm_up) = (training.learning_rate, training.warm_up);
    if training.schedule == Schedule::Constant && warm_up == 0 {
        return rate.to_string();
    }
    lines.extend([
        String::new(),
        "class Rate(keras.optimizers.schedules.LearningRateSchedule):".to_owned(),
        "    def __call__(self, step):".to_owned(),
        "        step = keras.ops.cast(step, \"float32\") + 1  # Keras counts from 0".to_owned(),
    ]);
    match training.schedule {
        Schedule::Constant => lines.push("        factor = keras.ops.ones_like(step)".to_owned()),
        Schedule::Cosine => {
            let all = steps.saturating_sub(warm_up).max(1);
            lines.push(format!("        done = keras.ops.clip((step - {}) / {all}, 0.0, 1.0)", warm_up + 1));
            lines.push("        factor = 0.5 * (1 + keras.ops.cos(np.pi * done))".to_owned());
        }
        Schedule::Step { at, factor } => {
            lines.push(format!("        factor = keras.ops.where(step > {at}, {factor}, 1.0)"));
        }
    }
    if warm_up > 0 {
        lines.push(format!("        factor = keras.ops.where(step <= {warm_up}, step / {warm_up}, factor)"));
    }
    lines.extend([
        format!("        return {rate} * factor"),
        String::new(),
        "    def get_config(self):".to_owned(),
        "        return {}".to_owned(),
        String::new(),
        String::new(),
    ]);
    "Rate()".to_owned()
}
