//! The reader is strict, and the meaning follows Kubernetes in every combination of null, empty and absent.

mod meaning;
mod reading;

/// A policy of namespace `shop` with this specification in flow style.
fn policy(spec: &str) -> String {
    format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: a, namespace: shop}}\nspec: {spec}\n"
    )
}
