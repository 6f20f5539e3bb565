package dev.understudy.shop.service;

/// Thrown to answer a request with a status and a reason instead of a result.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public Refusal(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    /// The answer that says so.
    public Reply reply() {
        return Reply.json(status, Json.object("error", String.valueOf(getMessage())));
    }
}
