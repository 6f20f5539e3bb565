package dev.understudy.promql.syntax;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What may stand where. Each method returns its argument if it is well made.
final class TypeCheck {
    private final TokenStream tokens;

    TypeCheck(TokenStream tokens) {
        this.tokens = tokens;
    }

    Node.Call call(Node.Call call) {
        String word = call.function().word();
        List<Node> arguments = call.arguments();
        if (arguments.size() < call.function().fewest()) {
            throw tokens.error(
                    call.offset(),
                    word + " takes at least " + call.function().fewest() + " arguments, found " + arguments.size());
        }
        for (int i = 0; i < arguments.size(); i++) {
            Node argument = arguments.get(i);
            Optional<ValueType> wanted = call.function().parameter(i);
            if (wanted.isEmpty()) {
                throw tokens.error(argument.offset(), word + " takes at most " + i + " arguments");
            }
            expect(argument, wanted.get(), "argument " + (i + 1) + " of " + word);
        }
        patterns(call);
        return call;
    }

    private void patterns(Node.Call call) {
        OptionalInt index = LabelArguments.badOne(call);
        if (index.isPresent()) {
            Node argument = call.arguments().get(index.getAsInt());
            throw tokens.error(argument.offset(), LabelArguments.problem(call, index.getAsInt()));
        }
    }

    Node.Aggregation aggregation(Node.Aggregation aggregation) {
        String word = aggregation.aggregator().word();
        Optional<ValueType> wanted = aggregation.aggregator().parameter();
        if (wanted.isPresent() && aggregation.parameter().isPresent()) {
            expect(aggregation.parameter().get(), wanted.get(), "the parameter of " + word);
        }
        expect(aggregation.operand(), ValueType.VECTOR, "what " + word + " aggregates");
        return aggregation;
    }

    Node.Binary binary(Node.Binary binary) {
        Operator operator = binary.operator();
        operand(binary, binary.left());
        operand(binary, binary.right());
        boolean left = binary.left().type() == ValueType.VECTOR;
        boolean right = binary.right().type() == ValueType.VECTOR;
        if (operator.kind() == Operator.Kind.SET && !(left && right)) {
            throw tokens.error(binary.offset(), operator.sign() + " stands between two vectors");
        }
        if (operator.kind() == Operator.Kind.COMPARISON && !left && !right && !binary.bool()) {
            throw tokens.error(binary.offset(), "a comparison of two scalars needs bool: " + operator.sign() + " bool");
        }
        if (!binary.matching().equals(Matching.USUAL) && !(left && right)) {
            throw tokens.error(binary.offset(), "vector matching stands between two vectors");
        }
        return binary;
    }

    private void operand(Node.Binary binary, Node operand) {
        if (operand.type() != ValueType.SCALAR && operand.type() != ValueType.VECTOR) {
            throw tokens.error(
                    operand.offset(),
                    "an operand of " + binary.operator().sign() + " is a scalar or an instant vector, found "
                            + operand.type().shown());
        }
    }

    Node.Negation negation(Node.Negation negation) {
        ValueType type = negation.operand().type();
        if (type != ValueType.SCALAR && type != ValueType.VECTOR) {
            throw tokens.error(
                    negation.offset(), "a sign stands before a scalar or an instant vector, found " + type.shown());
        }
        return negation;
    }

    private void expect(Node node, ValueType wanted, String what) {
        if (node.type() != wanted) {
            throw tokens.error(
                    node.offset(),
                    what + " is " + wanted.shown() + ", found " + node.type().shown());
        }
    }
}
