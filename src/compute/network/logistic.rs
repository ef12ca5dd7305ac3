use super::BLOCK;

/// Sum over images of the binary cross-entropy of sigmoid(z) with the label, 0 or 1, in nats; and, if asked for, its gradient:
/// sigmoid(z) less the label.
pub(super) fn binary_cross_entropy(logits: &[f32], labels: &[u8], gradient: Option<&mut [f64]>) -> f64 {
    let mut loss = 0.0;
    for (&logit, &label) in logits.iter().zip(labels) {
        let (z, wanted) = (f64::from(logit), f64::from(label));
        // max(z, 0) - z y + ln(1 + exp(-|z|)), which neither overflows nor cancels.
        loss += z.max(0.0) - z * wanted + (-z.abs()).exp().ln_1p();
    }
    if let Some(gradient) = gradient {
        gradient[..BLOCK].fill(0.0);
        for ((gradient, &logit), &label) in gradient.iter_mut().zip(logits).zip(labels) {
            let z = f64::from(logit);
            // Of the two, that which is small is computed.
            *gradient = match label {
                0 => 1.0 / (1.0 + (-z).exp()),
                _ => -1.0 / (1.0 + z.exp()),
            };
        }
    }
    loss
}
