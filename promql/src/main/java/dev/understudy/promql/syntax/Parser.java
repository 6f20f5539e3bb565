package dev.understudy.promql.syntax;

import dev.understudy.promql.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads an expression by descent; operators by their rank
/// (https://prometheus.io/docs/prometheus/latest/querying/operators/#binary-operator-precedence). For one
/// use.
public final class Parser {
    private static final int DEEPEST = 100;
    private static final int MOST_OPERATORS = 1_000;
    private static final int LONGEST = 100_000;

    private final TokenStream tokens;
    private final TypeCheck types;
    private final Clauses clauses;
    private int depth;
    private int operators;

    private Parser(String text) {
        this.tokens = new TokenStream(text);
        this.types = new TypeCheck(tokens);
        this.clauses = new Clauses(tokens);
    }

    /// The checked tree of `text`.
    /// @throws PromQlException for the first thing that is wrong or not supported
    public static Node parse(String text) {
        if (text.length() > LONGEST) {
            throw PromQlException.at(text, LONGEST, "expression longer than " + LONGEST + " characters");
        }
        return new Parser(text).whole();
    }

    private Node whole() {
        if (tokens.peek().kind() == Kind.END) {
            throw tokens.error("the expression is empty");
        }
        Node node = expression(Operator.OR.rank());
        if (tokens.peek().kind() != Kind.END) {
            throw tokens.error(
                    "expected an operator or the end, found " + tokens.peek().shown());
        }
        return node;
    }

    private Node expression(int lowestRank) {
        if (++depth > DEEPEST) {
            throw tokens.error("nested more than " + DEEPEST + " deep");
        }
        Node left = signed();
        for (Optional<Operator> next = operator(lowestRank); next.isPresent(); next = operator(lowestRank)) {
            left = binary(left, next.get());
        }
        depth--;
        return left;
    }

    private Optional<Operator> operator(int lowestRank) {
        return Operator.of(tokens.peek()).filter(operator -> operator.rank() >= lowestRank);
    }

    private Node binary(Node left, Operator operator) {
        int offset = tokens.take().offset();
        if (++operators > MOST_OPERATORS) {
            throw tokens.error(offset, "more than " + MOST_OPERATORS + " operators");
        }
        boolean bool = clauses.bool(operator);
        Matching matching = clauses.matching(operator);
        // All operators but the power bind to the left.
        Node right = expression(operator == Operator.POWER ? operator.rank() : operator.rank() + 1);
        return types.binary(new Node.Binary(offset, operator, bool, matching, left, right));
    }

    // A sign binds like a factor: -2 ^ 2 is -(2 ^ 2), and -a * b is (-a) * b.
    private Node signed() {
        int offset = tokens.peek().offset();
        boolean minus = tokens.take("-");
        if (!minus && !tokens.take("+")) {
            return postfixed();
        }
        Node.Negation negation = types.negation(new Node.Negation(offset, expression(Operator.POWER.rank())));
        return minus ? negation : negation.operand();
    }

    private Node postfixed() {
        boolean parenthesis = tokens.peek().is("(");
        Node node = primary();
        boolean shifted = false;
        while (true) {
            Token next = tokens.peek();
            if (next.is("[")) {
                node = bracketed(node, parenthesis, shifted);
                parenthesis = false;
                shifted = false;
            } else if (next.isWord("offset")) {
                if (shifted) {
                    throw tokens.error("a second offset");
                }
                node = shifted(node, parenthesis);
                shifted = true;
            } else if (next.is("@")) {
                throw tokens.error(
                        "the @ modifier is not supported; supported are offset, ranges [5m] and subqueries [5m:1m]");
            } else {
                return node;
            }
        }
    }

    private Node bracketed(Node node, boolean parenthesis, boolean shifted) {
        int offset = tokens.take().offset();
        long length = clauses.length();
        if (tokens.take(":")) {
            return subquery(node, offset, length);
        }
        tokens.expect("]", "after a range");
        if (!(node instanceof Node.Selector selector) || parenthesis) {
            throw tokens.error(
                    offset, "a range stands behind a selector; behind an expression write a subquery [5m:1m]");
        }
        if (shifted) {
            throw tokens.error(offset, "the range stands before offset");
        }
        return new Node.Range(selector.offset(), selector, length);
    }

    private Node subquery(Node node, int offset, long length) {
        if (node.type() != ValueType.VECTOR) {
            throw tokens.error(
                    offset,
                    "a subquery is made of an instant vector, found "
                            + node.type().shown());
        }
        Node.Subquery subquery = new Node.Subquery(node.offset(), node, length, clauses.step(), 0);
        tokens.expect("]", "after a subquery");
        return subquery;
    }

    private Node shifted(Node node, boolean parenthesis) {
        int offset = tokens.take().offset();
        long shift = clauses.shift();
        if (!parenthesis && node instanceof Node.Selector selector) {
            return new Node.Selector(selector.offset(), selector.matchers(), shift);
        }
        if (!parenthesis && node instanceof Node.Range range) {
            Node.Selector moved = new Node.Selector(
                    range.selector().offset(), range.selector().matchers(), shift);
            return new Node.Range(range.offset(), moved, range.length());
        }
        if (!parenthesis && node instanceof Node.Subquery subquery) {
            return new Node.Subquery(subquery.offset(), subquery.inner(), subquery.length(), subquery.step(), shift);
        }
        throw tokens.error(offset, "offset stands behind a selector, a range or a subquery");
    }

    private Node primary() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case NUMBER, DURATION -> clauses.number();
            case STRING -> text();
            case NAME -> named(token);
            case SIGN -> token.is("(") ? parenthesis() : selectorOr(token);
            case END -> throw tokens.error("expected an expression, found the end");
        };
    }

    // `{"a.b"}` begins with a brace; no other sign begins an expression.
    private Node selectorOr(Token token) {
        if (!token.is("{")) {
            throw tokens.error("expected an expression, found " + token.shown());
        }
        return new SelectorParser(tokens).read();
    }

    private Node text() {
        Token token = tokens.take();
        return new Node.Text(token.offset(), token.text());
    }

    private Node parenthesis() {
        tokens.take();
        Node inner = expression(Operator.OR.rank());
        tokens.expect(")", "to close '('");
        return inner;
    }

    private Node named(Token name) {
        Token next = tokens.peekSecond();
        boolean called = next.is("(");
        Optional<Aggregator> aggregator = Aggregator.of(name);
        if (aggregator.isPresent() && (called || next.isWord("by") || next.isWord("without"))) {
            return aggregation(aggregator.get());
        }
        if (called) {
            return call(name);
        }
        if (name.isWord("inf") || name.isWord("nan")) {
            return clauses.number();
        }
        return new SelectorParser(tokens).read();
    }

    private Node call(Token name) {
        Function function =
                Function.of(name.text()).orElseThrow(() -> tokens.error(name.offset(), Function.refusal(name.text())));
        tokens.take();
        return types.call(new Node.Call(name.offset(), function, arguments(function.word())));
    }

    private Node aggregation(Aggregator aggregator) {
        int offset = tokens.take().offset();
        Optional<Clauses.Grouping> before = clauses.grouping();
        List<Node> arguments = arguments(aggregator.word());
        Optional<Clauses.Grouping> grouping = before.isPresent() ? before : clauses.grouping();
        int wanted = aggregator.parameter().isPresent() ? 2 : 1;
        if (arguments.size() != wanted) {
            throw tokens.error(
                    offset, aggregator.word() + " takes " + wanted + " arguments, found " + arguments.size());
        }
        return types.aggregation(new Node.Aggregation(
                offset,
                aggregator,
                wanted == 2 ? Optional.of(arguments.getFirst()) : Optional.empty(),
                arguments.getLast(),
                grouping.map(Clauses.Grouping::without).orElse(false),
                grouping.map(Clauses.Grouping::labels).orElse(List.of())));
    }

    private List<Node> arguments(String callee) {
        tokens.expect("(", "after " + callee);
        List<Node> arguments = new ArrayList<>();
        while (!tokens.take(")")) {
            arguments.add(expression(Operator.OR.rank()));
            if (!tokens.peek().is(")")) {
                tokens.expect(",", "or ')' in the arguments of " + callee);
            }
        }
        return arguments;
    }
}
