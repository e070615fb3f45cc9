package dev.stepwell.data.judge;

import tools.jackson.databind.JsonNode;

/// Whether two values of JSON are the same: members in any order, numbers by what they are worth.
final class SameJson {
    private SameJson() {}

    static boolean same(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one.isObject() && other.isObject()) {
            return one.size() == other.size()
                    && one.propertyStream().allMatch(member -> {
                        JsonNode counterpart = other.get(member.getKey());
                        return counterpart != null && same(member.getValue(), counterpart);
                    });
        }
        if (one.isArray() && other.isArray()) {
            if (one.size() != other.size()) {
                return false;
            }
            for (int i = 0; i < one.size(); i++) {
                if (!same(one.get(i), other.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return one.equals(other);
    }
}
